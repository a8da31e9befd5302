/**
 * From scores to few alerts: the threshold that an alert budget allows, the policy of each entity,
 * and the sentence for the engineer on call.
 */
@NullMarked
package dev.eddy.stream.alert;

import org.jspecify.annotations.NullMarked;
