import { useWords } from '../../i18n/language';
import { Button, ButtonLink } from '../../ui/button';
import { permanenceWords } from './words';

/** Someone else changed it in between: theirs can be seen, ours can be kept. */
export function BehindActs({ id, isPending, onOver }: { id: string; isPending: boolean; onOver(): void }) {
  const words = useWords(permanenceWords);
  return (
    <div className="acts">
      <ButtonLink href={`/permanences/${id}`} target="_blank">
        {words.seeTheirs}
      </ButtonLink>
      <Button isPending={isPending} onPress={onOver}>
        {words.keepMine}
      </Button>
    </div>
  );
}
