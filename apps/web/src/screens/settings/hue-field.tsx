import type { Partner } from '@app/contract';
import { ColorSlider, ColorThumb, Label, parseColor, SliderTrack } from 'react-aria-components';
import { useWords } from '../../i18n/language';
import { PartnerMark, partnerLook } from '../../ui/partner-mark';
import { settingsWords } from './words';

interface HueFieldProps {
  partner: Pick<Partner, 'hue' | 'mark' | 'shortName'>;
  onChange(hue: number): void;
}

/** A hue and nothing more: its lightness is the look's own, so that no choice can be hard to read. */
export function HueField({ partner, onChange }: HueFieldProps) {
  const words = useWords(settingsWords);
  const look = partnerLook(partner);
  return (
    <div className="field">
      <ColorSlider
        className="hue"
        channel="hue"
        colorSpace="hsl"
        value={parseColor(`hsl(${partner.hue}, 60%, 45%)`)}
        onChange={(color) => onChange(Math.min(359, Math.round(color.getChannelValue('hue'))))}
      >
        <Label>{words.partnerForm.hue}</Label>
        <SliderTrack>
          <ColorThumb />
        </SliderTrack>
      </ColorSlider>
      <p className="hint">{words.partnerForm.hueHint}</p>
      <div className={`hue-example ${look.className}`} style={look.style}>
        <PartnerMark partner={partner} /> {partner.shortName || words.partnerForm.example}
      </div>
    </div>
  );
}
