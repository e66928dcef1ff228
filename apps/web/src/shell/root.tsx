import { RouterProvider as AriaRouter } from 'react-aria-components';
import { Outlet, useHref, useNavigate } from 'react-router';

/** Links of the components go through the router. */
export function Root() {
  const navigate = useNavigate();
  return (
    <AriaRouter navigate={(to) => void navigate(to)} useHref={useHref}>
      <Outlet />
    </AriaRouter>
  );
}
