package dev.pipelinebox.spring;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.PoolStatus;
import dev.pipelinebox.spring.MasterFactory.StartedMaster;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Which masters there are, and how many tasks they have ended. */
final class MasterInfoContributor implements InfoContributor {

    private final MasterFactory factory;

    MasterInfoContributor(MasterFactory factory) {
        this.factory = factory;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> masters = new LinkedHashMap<>();
        factory.masters().forEach((name, started) -> masters.put(name, info(started)));
        builder.withDetail("pipelinebox", masters);
    }

    private static Map<String, Object> info(StartedMaster started) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("workerClass", started.workerClass().getName());
        try {
            PoolStatus pool = started.master().status();
            info.put("tasksDone", pool.done());
            info.put("tasksFailed", pool.failed());
            info.put("tasksCancelled", pool.cancelled());
        } catch (MasterClosedException closed) {
            info.put("closed", true);
        }
        return info;
    }
}
