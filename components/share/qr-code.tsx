import { useMemo } from 'react';
import { encode } from 'uqr';

/** An address as a QR code: always dark on light, so that any camera reads it. */
export function QrCode({ address }: { address: string }) {
  const { data, size } = useMemo(() => encode(address, { border: 4 }), [address]);
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={`QR code of ${address}`}
      shapeRendering="crispEdges"
      className="size-40 rounded bg-white"
    >
      <path d={path} fill="#000" />
    </svg>
  );
}
