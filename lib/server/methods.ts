const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof methods)[number];
type Answer<C> = (request: Request, context: C) => Response | Promise<Response>;

/** The methods that an address has, by name. */
export type Methods<C> = Partial<Record<Method, Answer<C>>>;

/** What answers for the methods of an address; `allow` names them, as in "GET, HEAD, OPTIONS". */
type AboutMethods = {
  /** a request with any other method */
  refuse: (request: Request, allow: string) => Response | Promise<Response>;
  /** OPTIONS */
  tell: (allow: string) => Response;
};

/** Every method of an address, its own and the others. HEAD is not among them: Next makes it from GET. */
export function methodsOf<C>(own: Methods<C>, { refuse, tell }: AboutMethods) {
  const allow = [...methods.flatMap((method) => (method in own ? withHead(method) : [])), 'OPTIONS'].join(', ');
  const refused = (request: Request): Response | Promise<Response> => refuse(request, allow);
  const told = (): Response => tell(allow);
  const others = { GET: refused, POST: refused, PUT: refused, PATCH: refused, DELETE: refused };
  return { ...others, ...own, OPTIONS: told };
}

const withHead = (method: Method): string[] => (method === 'GET' ? ['GET', 'HEAD'] : [method]);
