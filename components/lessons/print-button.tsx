'use client';

import { Printer } from 'lucide-react';
import { Button } from '@/components/ui/button';

export function PrintButton() {
  return (
    <Button data-needs-script onClick={() => print()}>
      <Printer aria-hidden size={16} /> Print
    </Button>
  );
}
