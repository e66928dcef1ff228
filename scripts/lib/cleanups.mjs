/** What a start has begun and must be undone, the last first. */
export function cleanups() {
  const steps = [];
  return {
    /** Adds a step; what it returns takes the step away again, once there is nothing left to undo. */
    add(step) {
      steps.push(step);
      return () => {
        const index = steps.indexOf(step);
        if (index >= 0) steps.splice(index, 1);
      };
    },
    async run() {
      while (steps.length > 0) await steps.pop()();
    },
  };
}
