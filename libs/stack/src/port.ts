import getPort from 'get-port';

/** A free port of the loopback interface, not given to anybody else of this process for a while. */
export const freePort = (): Promise<number> => getPort({ host: '127.0.0.1' });
