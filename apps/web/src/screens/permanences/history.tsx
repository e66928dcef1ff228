import { useWords } from '../../i18n/language';
import { useSay } from '../../i18n/say';
import { changeWords } from './change-words';
import { useHistory } from './queries';

/** Who changed what, the latest first; nothing for those who only see its dates. */
export function History({ permanenceId }: { permanenceId: string }) {
  const words = useWords(changeWords);
  const say = useSay();
  const { data: lines = [] } = useHistory(permanenceId);
  if (lines.length === 0) return null;
  return (
    <section className="card">
      <h2>{words.history}</h2>
      <ul className="plain history">
        {lines.map((line) => (
          <li key={line.at + line.words + line.details.join()}>
            <b>{line.words}</b>
            <span className="cause">
              {say.atStart(say.shortMoment(line.at))} · {line.by ?? words.night}
            </span>
            {line.details.map((detail) => (
              <span className="cause" key={detail}>
                {detail}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
