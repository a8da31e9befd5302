package dev.eddy.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.registry.SigningKey;
import dev.eddy.registry.TrustedKeys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelsKeygenCommandTest {
  @Test
  void makesKeysThatFitEachOther(@TempDir Path folder) {
    var out = new StringWriter();
    int status =
        new CommandLine(new ModelsKeygenCommand())
            .setOut(new PrintWriter(out))
            .execute("-o", folder.resolve("keys").toString());

    Path keys = folder.resolve("keys");
    byte[] message = "message".getBytes(StandardCharsets.UTF_8);
    byte[] signature = SigningKey.read(keys.resolve(SigningKey.PRIVATE_FILE)).sign(message);
    assertThat(status).isZero();
    assertThat(out.toString()).contains("keep it secret");
    assertThat(
            TrustedKeys.read(List.of(keys.resolve(SigningKey.PUBLIC_FILE)))
                .confirm(message, signature))
        .isTrue();
  }
}
