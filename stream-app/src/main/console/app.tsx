import { render } from "preact";
import { Alerts } from "./alerts";
import "./app.css";
import { ScoreChart } from "./chart";
import { useFeed } from "./feed";
import { count, duration, rate, since } from "./format";
import type { Status } from "./types";

const Tile = ({ name, value, note }: { name: string; value: string; note?: string }) => (
  <div class="tile">
    <dt>{name}</dt>
    <dd>
      {value}
      {note === undefined ? null : <small>{note}</small>}
    </dd>
  </div>
);

const Tiles = ({ status }: { status: Status }) => {
  const now = Date.now();
  return (
    <dl class="tiles">
      <Tile name="scored" value={count(status.records.scored)} note={`${rate(status.records.perSecond)} a second`} />
      <Tile name="dead letters" value={count(status.records.deadLetters)} />
      <Tile
        name="alerts"
        value={count(status.alerts.total)}
        note={status.alerts.total === 0 ? undefined : `threshold ${status.threshold.toFixed(1)}`}
      />
      <Tile
        name="model"
        value={status.model.version}
        note={status.model.servingSince === null ? "learning" : `serving for ${since(status.model.servingSince, now)}`}
      />
      <Tile
        name="synthetic"
        value={count(status.synthetic.published)}
        note={status.synthetic.rejected === 0 ? undefined : `${count(status.synthetic.rejected)} refused`}
      />
      <Tile name="entities" value={count(status.entities)} note={`up ${duration(status.uptimeSeconds)}`} />
    </dl>
  );
};

const App = () => {
  const { status, alerts, points, connected } = useFeed();
  return (
    <>
      <header class="top">
        <img src="favicon.svg" alt="" width="28" height="28" />
        <h1>Eddy</h1>
        {status === null ? null : (
          <>
            <span class="stream">{status.stream}</span>
            <span class={`pill ${status.readiness.state.toLowerCase()}`}>{status.readiness.state}</span>
            <span class="muted reason">{status.readiness.reason}</span>
          </>
        )}
        {connected ? null : <span class="pill lost">no connection</span>}
      </header>
      <main>
        {status === null ? <p class="empty">Waiting for the stream-app.</p> : <Tiles status={status} />}
        {status === null || status.calibration.holds ? null : (
          <p class="notice" role="status">
            The {status.calibration.reason}. The stream has drifted, or much of it is anomalous: expect more alerts
            than the budget allows.
          </p>
        )}
        <ScoreChart points={points} threshold={status?.threshold ?? 0} />
        <Alerts alerts={alerts} />
      </main>
    </>
  );
};

const root = document.getElementById("console");
if (root !== null) render(<App />, root);
