package dev.eddy.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.eddy.cli");

  @Test
  void commandsDoNotDependOnEachOtherInCircles() {
    slices().matching("dev.eddy.cli.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheEntryKnowsTheCommands() {
    noClasses()
        .that()
        .resideInAPackage("dev.eddy.cli.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.eddy.cli")
        .check(CLASSES);
  }

  @Test
  void onlyTheBrokerPackageKnowsTheInsidesOfABroker() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.eddy.cli.broker")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..")
        .check(CLASSES);
  }
}
