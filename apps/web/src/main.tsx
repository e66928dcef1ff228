import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { followOtherTabs } from './api/session';
import { askAhead } from './shell/ahead';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/shell.css';
import './styles/print.css';

/** A server that takes longer to say who is there is waited for on the screen, with a word. */
const SHORT_WAIT_MS = 300;

// Opens the screens when the network is down. Browsers keep it to https and to this very machine. Once they are there: it can wait.
if (import.meta.env.PROD) addEventListener('load', () => void navigator.serviceWorker?.register('/sw.js'));

followOtherTabs();

const place = document.getElementById('palier');
if (!place) throw new Error('index.html has no #palier');
const draw = () =>
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
void Promise.race([askAhead(), new Promise((resolve) => setTimeout(resolve, SHORT_WAIT_MS))]).then(draw);
