// Figures as a member reads them, written here a second time so that the portal's formatting is checked as well.
import { civil } from './dates.mjs';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `1,240` */
export const points = (number) => String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',');

/** `¥1,240`, `¥1,240.50` */
export function yuan(minor) {
  const rest = minor % 100;
  return `¥${points((minor - rest) / 100)}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`;
}

/** `2027年6月30日`, `30 June 2027` */
export function date(day, locale) {
  const { year, month, dayOfMonth } = civil(day);
  return locale === 'en' ? `${dayOfMonth} ${MONTHS[month - 1]} ${year}` : `${year}年${month}月${dayOfMonth}日`;
}

/** Without the year if it is that of `today`. */
export function shortDate(day, today, locale) {
  const { year, month, dayOfMonth } = civil(day);
  if (year !== civil(today).year) return date(day, locale);
  return locale === 'en' ? `${dayOfMonth} ${MONTHS[month - 1]}` : `${month}月${dayOfMonth}日`;
}
