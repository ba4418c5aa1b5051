package dev.pipelinebox.it;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** Where tasks travel by the ports that are attacked. */
class StrangerOverTcpIT extends Strangers {

    @Override
    Config link() {
        return ConfigFactory.parseString("pipelinebox.link.unix-socket = false");
    }
}
