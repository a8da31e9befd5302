package dev.eddy.stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.eddy.stream");

  @Test
  void seesTheClassesOfThisModule() {
    assertThat(CLASSES.size()).isGreaterThan(20);
  }

  @Test
  void neverSeesTheTrainerNorTheCommandLine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.eddy.trainer..", "dev.eddy.cli..")
        .check(CLASSES);
  }

  @Test
  void keepsKafkaStreamsInternalsInOneClass() {
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.eddy\\.stream\\.batch\\.CommitHook(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka.streams..internals..")
        .check(CLASSES);
  }

  @Test
  void keepsNativeArraysBehindTheCore() {
    noClasses().should().dependOnClassesThat().resideInAnyPackage("ai.djl..").check(CLASSES);
  }

  @Test
  void keepsMetricsALeaf() {
    noClasses()
        .that()
        .resideInAPackage("dev.eddy.stream.metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.eddy.stream.topology..", "dev.eddy.stream.console..", "dev.eddy.stream.model..")
        .check(CLASSES);
  }

  @Test
  void hasNoCyclesBetweenItsSubjects() {
    SlicesRuleDefinition.slices()
        .matching("dev.eddy.stream.(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }
}
