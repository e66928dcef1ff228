import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from './api/query-client';
import { LanguageProvider } from './i18n/language';
import { router } from './routes';
import { Toasts } from './ui/toasts';

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <LanguageProvider>
        <RouterProvider router={router} />
        <Toasts />
      </LanguageProvider>
    </QueryClientProvider>
  );
}
