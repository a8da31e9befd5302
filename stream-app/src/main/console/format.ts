/** How numbers and times read on the page. */

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const significant = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4 });

export const count = (value: number): string =>
  Math.abs(value) >= 1_000_000 ? short.format(value) : whole.format(value);

export const rate = (value: number): string =>
  value >= 10 ? whole.format(value) : significant.format(value);

/** A value in source units: texts stay as they are. */
export const quantity = (value: string | null): string => {
  if (value === null) return "missing";
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) return value;
  return Math.abs(number) >= 100_000 ? short.format(number) : significant.format(number);
};

export const time = (millis: number): string => new Date(millis).toLocaleTimeString();

export const dateTime = (millis: number): string => new Date(millis).toLocaleString();

export const since = (millis: number, now: number): string => duration((now - millis) / 1000);

export const duration = (seconds: number): string => {
  if (seconds < 1) return "now";
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
};

/** A p-value as a person says it. */
export const oneIn = (pValue: number): string =>
  pValue >= 0.5 ? "ordinary" : `1 in ${short.format(Math.round(1 / Math.max(pValue, 1e-12)))}`;
