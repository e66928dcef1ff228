import fs from 'node:fs';

/** What the kernel counts processor time in. */
const TICKS_PER_SECOND = 100;

/**
 * Processor time this process and a PostgreSQL server have used, in seconds: what work costs, however busy the machine is.
 * @param backend a process of the server. Null for the server where the kernel has no /proc.
 */
export function processorTime(backend: number): { node: number; postgres: number | null } {
  const { user, system } = process.cpuUsage();
  return { node: (user + system) / 1e6, postgres: ofServer(backend) };
}

/** Processor time another process has used, in seconds; null once it is gone, or where the kernel has no /proc. */
export function ofProcess(pid: number): number | null {
  return statOf(pid)?.own ?? null;
}

function ofServer(backend: number): number | null {
  const server = statOf(backend)?.parent;
  if (server === undefined) return null;
  const processes = fs.readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  return processes.reduce((sum, pid) => {
    const stat = statOf(pid);
    // Those that ended are counted with their parent.
    if (pid === server) return sum + (stat ? stat.own + stat.ended : 0);
    return stat?.parent === server ? sum + stat.own : sum;
  }, 0);
}

/** See proc(5): the fields after the command's name, which may hold anything. */
function statOf(pid: number): { parent: number; own: number; ended: number } | null {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    return { parent, own: (user + system) / TICKS_PER_SECOND, ended: (endedUser + endedSystem) / TICKS_PER_SECOND };
  } catch {
    return null;
  }
}
