package dev.eddy.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WallsTest {
  private final JavaClasses trainer =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.eddy.trainer");

  @Test
  void neverSeesTheStreamAppNorKafkaStreams() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.eddy.stream..", "dev.eddy.cli..", "org.apache.kafka.streams..")
        .check(trainer);
  }

  @Test
  void knowsKafkaClientsInTheFeedAndTheLoopAlone() {
    classes()
        .that()
        .resideInAnyPackage(
            "dev.eddy.trainer.collection..",
            "dev.eddy.trainer.gate..",
            "dev.eddy.trainer.training..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("org.apache.kafka..", "dev.eddy.kafka..")
        .check(trainer);
  }

  @Test
  void hasNoCyclesAmongItsPackages() {
    slices().matching("dev.eddy.trainer.(*)..").should().beFreeOfCycles().check(trainer);
  }
}
