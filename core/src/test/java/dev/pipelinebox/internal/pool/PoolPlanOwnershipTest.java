package dev.pipelinebox.internal.pool;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The actor reports what happened to processes; the pool plan alone decides what follows, and changes their records. */
class PoolPlanOwnershipTest {

    private static final DescribedPredicate<JavaClass> STATE = belongToAnyOf(WorkerRecord.class, WorkerSlot.class);

    private final JavaClasses productionClasses = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackagesOf(PoolPlan.class);

    @Test
    void theStateOfSlotsAndProcessesIsPrivate() {
        fields().that()
                .areDeclaredInClassesThat(STATE)
                .and()
                .areNotStatic()
                .should()
                .bePrivate()
                .check(productionClasses);
    }

    @Test
    void onlyThePlanChangesSlotsAndProcesses() {
        methods()
                .that()
                .areDeclaredInClassesThat(STATE)
                .and()
                .haveRawReturnType(void.class)
                .should()
                .onlyBeCalled()
                .byClassesThat(belongToAnyOf(
                        WorkerRecord.class, WorkerSlot.class, PoolPlan.class, PoolReconciler.class, SparePool.class))
                .check(productionClasses);
    }
}
