package dev.eddy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The walls inside this module, and what may not come in from outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  /** In the order in which data flows: a package uses those before it, never one after it. */
  private static final List<String> ORDER =
      List.of(
          "algebra",
          "definition",
          "event",
          "feature",
          "drift",
          "model",
          "scoring",
          "evaluation",
          "augmentation",
          "registry");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.eddy");

  @Test
  void packagesUseOnlyThoseBeforeThem() {
    for (int i = 0; i < ORDER.size(); i++) {
      String[] later =
          ORDER.subList(i + 1, ORDER.size()).stream()
              .map(name -> "dev.eddy." + name + "..")
              .toArray(String[]::new);
      if (later.length > 0) {
        noClasses()
            .that()
            .resideInAPackage("dev.eddy." + ORDER.get(i) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later)
            .check(classes);
      }
    }
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    Set<String> packages =
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith("dev.eddy."))
            .map(name -> name.substring("dev.eddy.".length()).replaceAll("\\..*", ""))
            .collect(Collectors.toSet());

    assertThat(packages).containsAll(ORDER);
    packages.removeAll(ORDER);
    assertThat(packages).isSubsetOf("kafka", "schema");
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.eddy.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyOnePackageKnowsKafkaClientsAndNoneKnowsKafkaStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.eddy.kafka..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..")
        .check(classes);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka.streams..")
        .check(classes);
  }

  @Test
  void onlyOnePackageKnowsTheLibraryForMatrices() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.eddy.algebra..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.ejml..")
        .check(classes);
  }

  @Test
  void nothingBeforeScoringKnowsKafkasPackage() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.eddy.definition..", "dev.eddy.event..", "dev.eddy.feature..", "dev.eddy.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.eddy.kafka..", "dev.eddy.schema..")
        .check(classes);
  }

  @Test
  void tensorsStayWithTheNetworks() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.eddy.definition..",
            "dev.eddy.event..",
            "dev.eddy.feature..",
            "dev.eddy.evaluation..",
            "dev.eddy.registry..",
            "dev.eddy.kafka..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..")
        .check(classes);
  }

  @Test
  void numbersThatMultiplyTensorsLieInTheEnginesOwnMemory() {
    for (String method : List.of("mul", "div", "pow", "mod")) {
      noClasses()
          .should()
          .callMethod(NDArray.class, method, Number.class)
          .because("the gradient reads the number from a buffer that may be gone: use Scale")
          .check(classes);
    }
  }

  @Test
  void keepsNoMutableStaticState() {
    assertThat(
            classes.stream()
                .filter(type -> !type.getPackageName().startsWith("dev.eddy.schema"))
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
                .map(field -> field.getFullName()))
        .isEmpty();
  }

  @Test
  void aRuleThatIsBrokenFails() {
    assertThatThrownBy(
            () ->
                noClasses()
                    .that()
                    .resideInAPackage("dev.eddy.event..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.eddy.definition..")
                    .check(classes))
        .isInstanceOf(AssertionError.class);
  }
}
