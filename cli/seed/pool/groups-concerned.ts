import type { DeclaredUser } from '../../../lib/private/contracts/seed-user';

/** The groups whose members a plan has to know: those that somebody may join or leave. Reading one takes as long as it is large. */
export class GroupsConcerned {
  public readonly names = new Set<string>();

  /**
   * @param anew whether all that is declared counts, changed or not
   * @param owner the group of those who are deleted when they leave the declaration
   */
  public constructor(
    private readonly anew: boolean,
    private readonly owner: string | undefined,
  ) {}

  public add(before: DeclaredUser | undefined, after: DeclaredUser | undefined): void {
    const [former, latter] = [before?.groups ?? [], after?.groups ?? []];
    for (const group of former) if (!latter.includes(group)) this.names.add(group);
    for (const group of latter) if (this.anew || !former.includes(group)) this.names.add(group);
    if (before && !after && this.owner !== undefined) this.names.add(this.owner);
  }
}
