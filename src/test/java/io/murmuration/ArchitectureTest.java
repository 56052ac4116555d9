package io.murmuration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** Holds packages to their rows in ARCHITECTURE.md. */
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.murmuration");

    private static final DescribedPredicate<JavaClass> SCALING = JavaClass.Predicates.resideInAPackage(
                    "io.murmuration.scaling..")
            .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.murmuration.scaling.spark..")));

    private static final DescribedPredicate<JavaClass> ORCHESTRATION = JavaClass.Predicates.resideInAPackage(
                    "io.murmuration.orchestration..")
            .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.murmuration.orchestration.spark..")));

    @Test
    void packagesUseOnlyWhatTheirRowNames() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("model")
                .definedBy("io.murmuration.model..")
                .layer("inference")
                .definedBy("io.murmuration.inference..")
                .layer("environment")
                .definedBy("io.murmuration.environment..")
                .layer("summary")
                .definedBy("io.murmuration.summary..")
                .layer("report")
                .definedBy("io.murmuration.report..")
                .layer("forecast")
                .definedBy("io.murmuration.forecast..")
                .layer("scaling")
                .definedBy(SCALING)
                .layer("scaling.spark")
                .definedBy("io.murmuration.scaling.spark..")
                .layer("orchestration")
                .definedBy(ORCHESTRATION)
                .layer("orchestration.spark")
                .definedBy("io.murmuration.orchestration.spark..")
                .layer("batch")
                .definedBy("io.murmuration.batch..")
                .layer("stream")
                .definedBy("io.murmuration.stream..")
                .layer("cluster")
                .definedBy("io.murmuration.cluster..")
                .layer("jobs")
                .definedBy("io.murmuration.jobs..")
                .whereLayer("model")
                .mayNotAccessAnyLayer()
                .whereLayer("inference")
                .mayOnlyAccessLayers("model")
                .whereLayer("environment")
                .mayOnlyAccessLayers("model", "inference")
                .whereLayer("summary")
                .mayNotAccessAnyLayer()
                .whereLayer("report")
                .mayOnlyAccessLayers("summary")
                .whereLayer("forecast")
                .mayNotAccessAnyLayer()
                .whereLayer("scaling")
                .mayOnlyAccessLayers("model", "inference", "forecast")
                .whereLayer("scaling.spark")
                .mayOnlyAccessLayers("scaling", "report")
                .whereLayer("orchestration")
                .mayOnlyAccessLayers("model", "inference")
                .whereLayer("orchestration.spark")
                .mayOnlyAccessLayers("orchestration", "inference")
                .whereLayer("batch")
                .mayOnlyAccessLayers("model", "inference", "environment", "summary")
                .whereLayer("stream")
                .mayOnlyAccessLayers("model", "inference", "batch", "summary")
                .whereLayer("cluster")
                .mayOnlyAccessLayers("model", "inference", "batch", "scaling", "scaling.spark")
                .check(CLASSES);
    }

    /** A package that is in no layer would be held to nothing. */
    @Test
    void everyClassIsInALayer() {
        classes()
                .should()
                .resideInAnyPackage(
                        "io.murmuration.model..",
                        "io.murmuration.inference..",
                        "io.murmuration.environment..",
                        "io.murmuration.summary..",
                        "io.murmuration.report..",
                        "io.murmuration.forecast..",
                        "io.murmuration.scaling..",
                        "io.murmuration.orchestration..",
                        "io.murmuration.batch..",
                        "io.murmuration.stream..",
                        "io.murmuration.cluster..",
                        "io.murmuration.jobs..")
                .check(CLASSES);
    }

    @Test
    void theCoreKnowsNoSpark() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.murmuration.batch..",
                        "io.murmuration.stream..",
                        "io.murmuration.cluster..",
                        "io.murmuration.scaling.spark..",
                        "io.murmuration.orchestration.spark..",
                        "io.murmuration.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
                .check(CLASSES);
    }

    @Test
    void noPackageDependsOnItselfByWayOfOthers() {
        slices().matching("io.murmuration.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** Whoever links such a class needs a JVM with that module, so that others must not touch it. */
    @Test
    void vectorsAreKnownToTwoClassesAlone() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Vector")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .check(CLASSES);
    }
}
