import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/shell.css';
import './styles/print.css';

const place = document.getElementById('palier');
if (!place) throw new Error('index.html has no #palier');
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
