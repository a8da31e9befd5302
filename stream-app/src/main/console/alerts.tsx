import type { Alert, Reason } from "./types";
import { dateTime, oneIn, quantity, time } from "./format";

const REASONS_SHOWN = 4;

const orDash = (value: string | null) => (value === null ? "–" : quantity(value));

const ReasonRow = ({ reason }: { reason: Reason }) => (
  <tr>
    <th scope="row">{reason.feature}</th>
    <td class="number">{quantity(reason.value)}</td>
    <td class="number muted">{orDash(reason.expected)}</td>
    <td class="number muted">{orDash(reason.normal ?? null)}</td>
    <td class="share" aria-label={`${Math.round(reason.contribution * 100)} percent of the score`}>
      <span class="bar" style={{ width: `${Math.max(2, reason.contribution * 100)}%` }} />
      <span>{Math.round(reason.contribution * 100)} %</span>
    </td>
  </tr>
);

const severity = (alert: Alert) =>
  alert.severity === "WARNING" ? "Warning" : alert.escalates ? "Now critical" : "Critical";

const AlertCard = ({ alert }: { alert: Alert }) => (
  <article class={`alert ${alert.severity.toLowerCase()}`}>
    <header>
      <span class="severity">{severity(alert)}</span>
      <strong>{alert.entity}</strong>
      <time dateTime={new Date(alert.timestamp).toISOString()} title={dateTime(alert.timestamp)}>
        {time(alert.timestamp)}
      </time>
      <span class="muted" title={`score ${alert.score.toFixed(2)}, threshold ${alert.threshold.toFixed(2)}`}>
        {oneIn(alert.pValue)} normal records
      </span>
      <code title="where the record stands, and the model that scored it">
        {alert.id} · {alert.modelVersion}
      </code>
    </header>
    <p>{alert.summary}</p>
    <table>
      <thead>
        <tr>
          <th>field</th>
          <th class="number">found</th>
          <th class="number">expected</th>
          <th class="number" title="nearest value of this field alone with which the record would be normal">
            normal from
          </th>
          <th class="share">share of the score</th>
        </tr>
      </thead>
      <tbody>
        {alert.reasons.slice(0, REASONS_SHOWN).map((reason) => (
          <ReasonRow key={reason.feature} reason={reason} />
        ))}
      </tbody>
    </table>
  </article>
);

/** The latest alerts, newest first, each with its reasons. */
export const Alerts = ({ alerts }: { alerts: Alert[] }) => (
  <section class="card">
    <h2>
      Alerts <small>newest first</small>
    </h2>
    {alerts.length === 0 ? (
      <p class="empty">No alert so far. Everything stays within the budget of false alarms.</p>
    ) : (
      alerts.map((alert) => <AlertCard key={alert.id} alert={alert} />)
    )}
  </section>
);
