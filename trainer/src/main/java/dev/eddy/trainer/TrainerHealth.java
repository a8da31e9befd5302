package dev.eddy.trainer;

/**
 * Whether the trainer's loop runs.
 *
 * @param live false when it has ended or stands still: only a restart helps
 * @param reason for people
 */
public record TrainerHealth(boolean live, String reason) {}
