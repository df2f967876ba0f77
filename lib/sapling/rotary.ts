import { exp, log } from '@/lib/seedling/portable-math';
import type { Config } from './artifact';

/** Cosines and sines for each place and each pair of a head, one place after the other. */
export type Angles = { cosines: Float32Array; sines: Float32Array };

/**
 * The angles of rotary positions (Su et al. 2021): pair n of a head turns by `rotary_base`^(-2n / head) for each place. The
 * turn of a place is the turn of the one before times one more, as complex numbers, in double precision: additions and
 * multiplications alone, so that all machines agree.
 */
export function anglesOf({ context, width, heads, rotary_base }: Config): Angles {
  const half = width / heads / 2;
  const cosines = new Float32Array(context * half);
  const sines = new Float32Array(context * half);
  for (let pair = 0; pair < half; pair++) {
    const [stepCosine, stepSine] = turn(exp(-(pair / half) * log(rotary_base)));
    let [cosine, sine] = [1, 0];
    for (let place = 0; place < context; place++) {
      cosines[place * half + pair] = cosine;
      sines[place * half + pair] = sine;
      [cosine, sine] = [cosine * stepCosine - sine * stepSine, sine * stepCosine + cosine * stepSine];
    }
  }
  return { cosines, sines };
}

/** Cosine and sine of an angle from 0 to 1 by Taylor's series: the 20th term is below 1e-18. */
function turn(angle: number): [number, number] {
  const square = -angle * angle;
  let [cosine, sine] = [1, 1];
  for (let n = 20; n >= 2; n -= 2) {
    cosine = 1 + (square / (n * (n - 1))) * cosine;
    sine = 1 + (square / (n * (n + 1))) * sine;
  }
  return [cosine, angle * sine];
}
