/** The day on which a model is shut down, as "2027-01-14", and in how many days that is: fewer than none if it is past. */
export type Retirement = { day: string; inDays: number };

/** From so many days before on it is said of a case that its model goes. */
const noticeDays = 60;
const dayMs = 86_400_000;

/** What to say of the day on which a model is shut down, now; null if it has none, or is still far off. */
export function retirementAt(day: string | null, now: Date): Retirement | null {
  if (day === null) return null;
  const inDays = Math.ceil((Date.parse(`${day}T00:00:00Z`) - now.getTime()) / dayMs);
  return inDays <= noticeDays ? { day, inDays } : null;
}
