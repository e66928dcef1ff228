import type { Me } from '@app/contract';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../../i18n/language';
import { PasswordForm } from './password-form';
import { signInWords } from './words';
import './door.css';

/** Over a screen whose session ended: hidden from passers-by, and intact underneath. */
export function SignInAgain({ me }: { me: Me }) {
  const words = useWords(signInWords);
  return (
    <ModalOverlay isOpen className="again" isKeyboardDismissDisabled>
      <Modal>
        <Dialog className="door">
          <section className="card">
            <Heading slot="title" level={1}>
              {words.again}
            </Heading>
            <p>{words.againWhy}</p>
            <PasswordForm email={me.account.email} />
          </section>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
