import type { FormSetting } from '@/lib/recipe/parameters';
import { AboutModel } from './about-model';
import { InPlainWords } from './in-plain-words';
import { ModelField } from './model-field';
import { OwnKeyList } from './own-key';
import { ProbeButton } from './probe-button';
import { SeedField } from './seed-field';
import { SettingField } from './setting-field';

/** Behind the model's chip: which one, what is known of it, and the keys for it. */
export function ModelFields() {
  return (
    <>
      <ModelField />
      <AboutModel />
      <OwnKeyList />
      <ProbeButton />
    </>
  );
}

/** Behind the seed's chip. */
export function SeedFields() {
  return (
    <>
      <SeedField />
      <InPlainWords term="seed" />
    </>
  );
}

/** Behind the chip of a setting. */
export function SettingFields({ setting }: { setting: FormSetting }) {
  return (
    <>
      <SettingField setting={setting} />
      {setting.key === 'temperature' && <InPlainWords term="temperature" />}
      {setting.key === 'top_p' && <InPlainWords term="top-p" />}
    </>
  );
}
