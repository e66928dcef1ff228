import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/shell.css';
import './styles/print.css';

// Opens the screens when the network is down. Browsers keep it to https and to this very machine.
if (import.meta.env.PROD) void navigator.serviceWorker?.register('/sw.js');

const place = document.getElementById('palier');
if (!place) throw new Error('index.html has no #palier');
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
