import type { ExtensionSource } from '../../frame-host/extension-source.ts'

/** A LookML project as an admin has made it, and how far it is. */
export type LookmlProject = {
  /** `heap_data_import`, the project_name of its manifest */
  name: string
  source: ExtensionSource
  /** Only what is deployed to production is there for users, and for API sessions in the production workspace. */
  isDeployed: boolean
  /** The models that an admin has configured, that is, given a connection. */
  configuredModels: Set<string>
}

export type Projects = ReturnType<typeof createProjects>

/** The LookML projects of an instance. A person makes them: no operation of the API takes files. */
export function createProjects() {
  const projects = new Map<string, LookmlProject>()
  return {
    all: (): readonly LookmlProject[] => [...projects.values()],
    find: (name: string): LookmlProject | undefined => projects.get(name),
    /** A project with its files, on its way to production. */
    async push(source: ExtensionSource): Promise<LookmlProject> {
      const { project: name } = await source.manifest()
      const pushed = { name, source, isDeployed: false, configuredModels: new Set<string>() }
      projects.set(name, pushed)
      return pushed
    },
    /** All that a person does with it: the models configured, and deployed. */
    async install(source: ExtensionSource): Promise<void> {
      const pushed = await this.push(source)
      pushed.configuredModels = new Set(await source.models())
      pushed.isDeployed = true
    },
    remove: (name: string): boolean => projects.delete(name),
  }
}
