import { useEffect, useState } from "preact/hooks";
import type { Alert, ScorePoint, Status } from "./types";

const ALERTS_SHOWN = 100;
const CHART_MILLIS = 3 * 60_000;

export interface Feed {
  status: Status | null;
  alerts: Alert[];
  points: ScorePoint[];
  connected: boolean;
}

const fetchJson = async <T,>(path: string): Promise<T> => {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
};

const withAlert = (alerts: Alert[], alert: Alert): Alert[] =>
  [alert, ...alerts.filter((known) => known.id !== alert.id)].slice(0, ALERTS_SHOWN);

const recent = (points: ScorePoint[]): ScorePoint[] => {
  const last = points[points.length - 1];
  return last === undefined ? points : points.filter((point) => point.at > last.at - CHART_MILLIS);
};

/** Loads what there is, then follows the event stream; EventSource reconnects by itself. */
export const useFeed = (): Feed => {
  const [feed, setFeed] = useState<Feed>({ status: null, alerts: [], points: [], connected: false });

  useEffect(() => {
    const load = async () => {
      const [status, alerts, points] = await Promise.all([
        fetchJson<Status>("api/status"),
        fetchJson<Alert[]>(`api/alerts?limit=${ALERTS_SHOWN}`),
        fetchJson<ScorePoint[]>("api/scores/recent"),
      ]);
      setFeed((old) => ({ ...old, status, alerts, points: recent(points) }));
    };
    const events = new EventSource("api/events");
    events.onopen = () => {
      setFeed((old) => ({ ...old, connected: true }));
      load().catch(() => setFeed((old) => ({ ...old, connected: false })));
    };
    events.onerror = () => setFeed((old) => ({ ...old, connected: false }));
    events.addEventListener("status", (event) => {
      const status = JSON.parse((event as MessageEvent<string>).data) as Status;
      setFeed((old) => ({ ...old, status }));
    });
    events.addEventListener("alert", (event) => {
      const alert = JSON.parse((event as MessageEvent<string>).data) as Alert;
      setFeed((old) => ({ ...old, alerts: withAlert(old.alerts, alert) }));
    });
    events.addEventListener("scores", (event) => {
      const points = JSON.parse((event as MessageEvent<string>).data) as ScorePoint[];
      setFeed((old) => ({ ...old, points: recent([...old.points, ...points]) }));
    });
    return () => events.close();
  }, []);

  return feed;
};
