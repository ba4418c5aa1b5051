package dev.pipelinebox.spring;

import dev.pipelinebox.api.MasterClosedException;
import dev.pipelinebox.api.PoolStatus;
import dev.pipelinebox.spring.MasterFactory.StartedMaster;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.SimpleStatusAggregator;
import org.springframework.boot.actuate.health.Status;

/**
 * Up if each master has a worker that takes tasks; out of service while the first of a master is being built; down if a
 * master is closed or has no worker left.
 */
final class MasterHealthIndicator implements HealthIndicator {

    private final MasterFactory factory;

    MasterHealthIndicator(MasterFactory factory) {
        this.factory = factory;
    }

    @Override
    public Health health() {
        Health.Builder health = new Health.Builder();
        Set<Status> found = new HashSet<>();
        factory.masters().forEach((name, started) -> {
            Health master = health(started);
            found.add(master.getStatus());
            health.withDetail(name, details(master));
        });
        return health.status(new SimpleStatusAggregator().getAggregateStatus(found))
                .build();
    }

    private static Map<String, Object> details(Health master) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("status", master.getStatus().getCode());
        details.putAll(master.getDetails());
        return details;
    }

    private static Health health(StartedMaster started) {
        try {
            PoolStatus pool = started.master().status();
            return Health.status(status(pool))
                    .withDetail("workersReady", pool.workersReady())
                    .withDetail("workersStarting", pool.workersStarting())
                    .withDetail("tasksWaiting", pool.waiting())
                    .withDetail("tasksRunning", pool.running())
                    .build();
        } catch (MasterClosedException closed) {
            return Health.down().withDetail("reason", "closed").build();
        }
    }

    private static Status status(PoolStatus pool) {
        if (pool.workersReady() > 0) {
            return Status.UP;
        }
        return pool.workersStarting() > 0 ? Status.OUT_OF_SERVICE : Status.DOWN;
    }
}
