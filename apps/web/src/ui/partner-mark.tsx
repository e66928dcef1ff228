import type { Partner } from '@app/contract';
import type { CSSProperties } from 'react';

const PATTERNS = ['solid', 'dashed', 'double', 'dotted'] as const;

/** Class and hue of a partner's things: its band, its edge (patterned, for those who do not see the hue), its mark. */
export function partnerLook(partner: Pick<Partner, 'hue' | 'mark'> | undefined): {
  className: string;
  style: CSSProperties;
} {
  const pattern = PATTERNS[(partner?.mark.codePointAt(0) ?? 0) % PATTERNS.length];
  return { className: `partner edge-${pattern}`, style: { '--h': String(partner?.hue ?? 210) } as CSSProperties };
}

/** The two letters that stand for a partner; its name is said beside them, so they are for the eye. */
export function PartnerMark({ partner }: { partner: Pick<Partner, 'hue' | 'mark'> | undefined }) {
  const look = partnerLook(partner);
  return (
    <span className={`mark ${look.className}`} style={look.style} aria-hidden="true">
      {partner?.mark ?? '·'}
    </span>
  );
}
