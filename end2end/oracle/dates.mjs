// Calendar dates as whole days since 1970-01-01 in the proleptic Gregorian calendar. No Date object: nothing here can
// slip into a time zone. Written apart from the product on purpose: two hands have to make the same mistake.

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days in a month; `month` is 1 to 12. */
export function daysInMonth(year, month) {
  return month === 2 && isLeap(year) ? 29 : MONTH_LENGTHS[month - 1];
}

function daysBeforeYear(year) {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
}

const EPOCH = daysBeforeYear(1970);

/** The day number of a civil date. */
export function day(year, month, dayOfMonth) {
  let days = daysBeforeYear(year) - EPOCH;
  for (let m = 1; m < month; m += 1) days += daysInMonth(year, m);
  return days + dayOfMonth - 1;
}

/** `{year, month, dayOfMonth}` of a day number. */
export function civil(number) {
  let year = 1970 + Math.floor(number / 366);
  while (day(year + 1, 1, 1) <= number) year += 1;
  let month = 1;
  let rest = number - day(year, 1, 1);
  while (rest >= daysInMonth(year, month)) {
    rest -= daysInMonth(year, month);
    month += 1;
  }
  return { year, month, dayOfMonth: rest + 1 };
}

/** The day number of `YYYY-MM-DD`. */
export function parse(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) throw new Error(`not a date: ${text}`);
  const [year, month, dayOfMonth] = match.slice(1).map(Number);
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) {
    throw new Error(`no such date: ${text}`);
  }
  return day(year, month, dayOfMonth);
}

/** `YYYY-MM-DD`. */
export function iso(number) {
  const { year, month, dayOfMonth } = civil(number);
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}

/** The same day of the month so many months on (or back), or the month's last day if it has no such day. */
export function addMonths(number, months) {
  const { year, month, dayOfMonth } = civil(number);
  const count = year * 12 + (month - 1) + months;
  const toYear = Math.floor(count / 12);
  const toMonth = (count % 12) + 1;
  return day(toYear, toMonth, Math.min(dayOfMonth, daysInMonth(toYear, toMonth)));
}

/** The last day of its month. */
export function endOfMonth(number) {
  const { year, month } = civil(number);
  return day(year, month, daysInMonth(year, month));
}

/** The date in the programme's zone at an instant; the one place that asks the platform, for its zone table. */
export function dateIn(timeZone, milliseconds) {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parse(parts.format(milliseconds));
}
