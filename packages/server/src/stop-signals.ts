const stopSignals = ['SIGINT', 'SIGTERM'] as const;

/** Calls `onSignal` for SIGINT and SIGTERM until the function that it answers is called. */
export function listenForStopSignals(onSignal: () => void): () => void {
  for (const name of stopSignals) process.on(name, onSignal);
  return () => {
    for (const name of stopSignals) process.off(name, onSignal);
  };
}
