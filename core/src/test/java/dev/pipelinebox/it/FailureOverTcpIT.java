package dev.pipelinebox.it;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** The same where there is no Unix domain socket. */
class FailureOverTcpIT extends FailureIT {

    @Override
    Config link() {
        return ConfigFactory.parseString("pipelinebox.link.unix-socket = false");
    }
}
