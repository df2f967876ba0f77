import type { Recipe } from '@/lib/recipe/recipe';
import type { ListedModel } from '@/lib/run/provider';
import type { Providers } from './providers';

/** What services say of their models: each is asked for its list once, when one of its models is first asked for. */
export class ListedModels {
  private readonly lists = new Map<string, Promise<readonly ListedModel[]>>();

  constructor(private readonly providers: Providers) {}

  /** The day on which the model of a recipe without arms is shut down, if its service tells. A list that does not come tells nothing. */
  async lastDayOf({ provider, request }: Recipe): Promise<string | null> {
    const list = this.lists.get(provider) ?? this.list(provider);
    this.lists.set(provider, list);
    return (await list).find(({ id }) => id === request.model)?.shutdownDate ?? null;
  }

  private async list(id: string): Promise<readonly ListedModel[]> {
    const provider = this.providers.get(id)?.provider;
    // What runs inside the program goes with the program.
    if (!provider?.endpoint) return [];
    const listed = await provider.models();
    return listed.ok ? listed.value : [];
  }
}
