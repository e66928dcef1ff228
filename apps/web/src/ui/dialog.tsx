import type { ReactNode } from 'react';
import { Dialog as Spoken, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../i18n/language';
import { sharedWords } from '../i18n/shared';
import { Button } from './button';

interface PanelProps {
  title: ReactNode;
  isOpen: boolean;
  onClose(): void;
  children: ReactNode;
  /** Under the title. */
  lead?: ReactNode;
  /** At the side (default), the screen still seen beside it; or in the middle. */
  place?: 'side' | 'middle';
  className?: string;
}

/** A panel over the screen: Esc and a click outside close it, the focus goes back where it was. */
export function Panel({ title, isOpen, onClose, children, lead, place = 'side', className = '' }: PanelProps) {
  const words = useWords(sharedWords);
  return (
    <ModalOverlay className={`veil ${place}`} isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className={`panel-frame ${place}`}>
        <Spoken className={`panel-body ${className}`}>
          <header className="panel-head">
            <div>
              <Heading slot="title" level={2}>
                {title}
              </Heading>
              {lead && <p className="lead">{lead}</p>}
            </div>
            <Button look="icon" aria-label={words.close} onPress={onClose}>
              ×
            </Button>
          </header>
          {children}
        </Spoken>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmProps {
  title: string;
  children: ReactNode;
  confirm: string;
  isOpen: boolean;
  isPending?: boolean;
  onConfirm(): void;
  onClose(): void;
}

/** Only where people will be told: everything else is done at once and can be undone. */
export function Confirm({ title, children, confirm, isOpen, isPending = false, onConfirm, onClose }: ConfirmProps) {
  const words = useWords(sharedWords);
  return (
    <ModalOverlay className="veil middle" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="panel-frame middle">
        <Spoken role="alertdialog" className="panel-body">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <div>{children}</div>
          <div className="acts end">
            <Button onPress={onClose}>{words.back}</Button>
            <Button look="danger" autoFocus isPending={isPending} onPress={onConfirm}>
              {confirm}
            </Button>
          </div>
        </Spoken>
      </Modal>
    </ModalOverlay>
  );
}
