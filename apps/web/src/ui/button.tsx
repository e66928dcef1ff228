import type { ReactNode, Ref } from 'react';
import { Button as Pressed, type ButtonProps, Link, type LinkProps } from 'react-aria-components';

type Look = 'plain' | 'primary' | 'quiet' | 'danger' | 'icon';

/** `look`: one primary a screen; quiet for what is beside; danger only where people will be told. */
export function Button({
  look = 'plain',
  className,
  ...props
}: ButtonProps & { look?: Look; ref?: Ref<HTMLButtonElement> }) {
  return <Pressed {...props} className={`button ${look} ${typeof className === 'string' ? className : ''}`} />;
}

export function ButtonLink({ look = 'plain', ...props }: LinkProps & { look?: Look }) {
  return <Link {...props} className={`button ${look}`} />;
}

/** The key that does the same: for the eye, the keyboard help says it aloud. */
export function Key({ children }: { children: ReactNode }) {
  return (
    <span className="key" aria-hidden="true">
      <kbd>{children}</kbd>
    </span>
  );
}
