/** The name of a group of runs: its label in the recipe, or "arm 2". `arm` counts from 0. */
export const sayArm = ({ arm, label }: { arm: number; label: string | null }): string => label ?? `arm ${arm + 1}`;
