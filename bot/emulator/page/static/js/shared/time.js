// Moments as people read them: always Viet Nam's time, whatever the machine's zone is.

import { language, t } from './i18n.js';

const ZONE = 'Asia/Ho_Chi_Minh';
const locale = () => (language() === 'vi' ? 'vi-VN' : 'en-GB');
const part = (seconds, options) => new Intl.DateTimeFormat(locale(), { timeZone: ZONE, ...options }).format(new Date(seconds * 1000));

export const clock = (seconds) => part(seconds, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
export const dayKey = (seconds) => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(new Date(seconds * 1000));

export function dayName(seconds) {
  const now = Date.now() / 1000;
  if (dayKey(seconds) === dayKey(now)) return t('today');
  if (dayKey(seconds) === dayKey(now - 86400)) return t('yesterday');
  const sameYear = dayKey(seconds).slice(0, 4) === dayKey(now).slice(0, 4);
  return part(seconds, { day: 'numeric', month: 'long', year: sameYear ? undefined : 'numeric' });
}

// For a list of chats: the time today, the weekday within a week, else the date.
export function brief(seconds) {
  const now = Date.now() / 1000;
  if (dayKey(seconds) === dayKey(now)) return clock(seconds);
  if (now - seconds < 6 * 86400) return part(seconds, { weekday: 'short' });
  return part(seconds, { day: '2-digit', month: '2-digit', year: '2-digit' });
}

export const full = (seconds) => part(seconds, { dateStyle: 'full', timeStyle: 'medium' });
