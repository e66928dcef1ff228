import type { Agent, AgentBody } from '@app/contract';
import { useState } from 'react';
import { useDirectory, useNames } from '../../api/queries';
import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { ButtonLink } from '../../ui/button';
import { TextField } from '../../ui/field';
import { Many } from '../../ui/many';
import { Answer } from '../../ui/page';
import { PartnerMark } from '../../ui/partner-mark';
import { languageOptions, sayLanguage } from '../usagers/languages';
import { motifWords } from './motif-words';
import { PartnerField } from './partner-field';
import { useRights } from './rights';
import { listed, type Opened, ThingPanel } from './thing-panel';
import { Things } from './things';
import { settingsWords } from './words';

/** An agent while it is typed: the partner may still have to be chosen. */
type AgentForm = Omit<AgentBody, 'partnerId' | 'skills'> & { partnerId: string | null; skills: string };

export function Agents() {
  const words = useWords(settingsWords);
  const say = useSay();
  const names = useNames();
  const rights = useRights();
  const query = useDirectory();
  const [opened, setOpened] = useState<Opened>(null);
  const languages = new Intl.DisplayNames([say.language], { type: 'language' });
  return (
    <Answer query={query}>
      {({ agents }) => {
        const agent = agents.find(({ id }) => id === opened?.id);
        const only = rights.partners.length === 1 ? rights.partners[0]?.id : undefined;
        return (
          <>
            <Things
              things={agents
                .filter(({ partnerId, retired }) => !retired && rights.writesFor(partnerId))
                .map((one) => ({
                  id: one.id,
                  name: one.name,
                  before: <PartnerMark partner={names.partner(one.partnerId)} />,
                  details: [
                    names.partner(one.partnerId)?.name,
                    one.profession,
                    one.languages.some((code) => code !== 'fr') &&
                      one.languages.map((code) => sayLanguage(code, languages)).join(', '),
                    one.skills.join(', '),
                  ],
                  mayChange: true,
                }))}
              create={rights.partners.length > 0 ? words.agent.create : null}
              none={words.agent.none}
              noneHow={rights.partners.length > 0 ? words.agent.noneHow : words.partnerFirst}
              onCreate={() => setOpened({ id: null })}
              onChange={(id) => setOpened({ id })}
            />
            {opened && (
              <AgentPanel
                id={opened.id}
                start={
                  agent
                    ? bodyOf(agent)
                    : { partnerId: only ?? null, name: '', profession: '', languages: ['fr'], skills: '' }
                }
                onClose={() => setOpened(null)}
              />
            )}
          </>
        );
      }}
    </Answer>
  );
}

function bodyOf({ id: _id, retired: _retired, ...body }: Agent): AgentForm {
  return { ...body, skills: body.skills.join(', ') };
}

function AgentPanel({ id, start, onClose }: { id: string | null; start: AgentForm; onClose(): void }) {
  const words = useWords(settingsWords);
  const motif = useWords(motifWords);
  const { language } = useSay();
  return (
    <ThingPanel
      title={id ? words.edit(start.name) : words.agent.create}
      path="/agents"
      id={id}
      name={start.name}
      start={start}
      toSend={(form) => ({ ...form, skills: listed(form.skills) })}
      onClose={onClose}
    >
      {({ body, change, error }) => (
        <>
          <TextField
            label={words.name}
            value={body.name}
            onChange={(name) => change({ name })}
            error={error('name')}
            autoFocus
            isRequired
            maxLength={120}
          />
          <PartnerField
            value={body.partnerId}
            onChange={(partnerId) => change({ partnerId })}
            error={error('partnerId')}
            isFixed={id !== null}
          />
          <TextField
            label={words.agent.profession}
            value={body.profession}
            onChange={(profession) => change({ profession })}
            error={error('profession')}
            maxLength={120}
          />
          <Many
            label={words.agent.languages}
            value={body.languages}
            onChange={(languages) => change({ languages })}
            error={error('languages')}
            options={languageOptions(language, body.languages)}
          />
          <TextField
            label={motif.agentSkills}
            hint={motif.agentSkillsHint}
            value={body.skills}
            onChange={(skills) => change({ skills })}
            error={error('skills')}
          />
          {id && (
            <ButtonLink look="quiet" href={`/reglages/absences?agent=${id}`}>
              {words.agent.away}
            </ButtonLink>
          )}
        </>
      )}
    </ThingPanel>
  );
}
