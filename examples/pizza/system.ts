// The four services by name: where they listen, where they keep their data, and where the directory is.

import { fileURLToPath } from 'node:url'

export const serviceNames = ['takeaway', 'pizzas', 'accounting', 'atlas'] as const
export type ServiceName = (typeof serviceNames)[number]

export interface System {
  readonly ports: Readonly<Record<ServiceName, number>>
  /** The folder of the databases and logs. */
  readonly folder: string
}

const defaultPorts: System['ports'] = { takeaway: 8000, pizzas: 8001, accounting: 8002, atlas: 8003 }

/** `examples/pizza/data`, seen from the compiled file. */
const defaultFolder = fileURLToPath(new URL('../../pizza/data', import.meta.url))

export function serviceUrl({ ports }: System, name: ServiceName): string {
  return `http://localhost:${ports[name]}/slumber/${name}/`
}

/** `takeaway` answers as the directory. */
export function directoryUrl({ ports }: System): string {
  return `http://localhost:${ports.takeaway}/slumber/`
}

/** `takeaway` serves the page, too. */
export function pageUrl({ ports }: System): string {
  return `http://localhost:${ports.takeaway}/`
}

/** Every service by name; `auth` is another name of `accounting`. */
export function directory(system: System): Record<ServiceName | 'auth', string> {
  return {
    takeaway: serviceUrl(system, 'takeaway'),
    pizzas: serviceUrl(system, 'pizzas'),
    accounting: serviceUrl(system, 'accounting'),
    auth: serviceUrl(system, 'accounting'),
    atlas: serviceUrl(system, 'atlas'),
  }
}

/** For the demo only: the passwords are printed. */
export const demoUsers = {
  admin: { password: 'admin-demo', superuser: true, may: 'everything (superuser)' },
  clerk: { password: 'clerk-demo', superuser: false, may: 'read everything, add and cancel orders' },
  viewer: { password: 'viewer-demo', superuser: false, may: 'only read' },
} as const

/** `--ports=8000,8001,8002,8003 --data=folder`, the form in which the parts of the example hand this on. */
export function systemArguments({ ports, folder }: System): string[] {
  return [`--ports=${serviceNames.map((name) => ports[name]).join(',')}`, `--data=${folder}`]
}

/** Throws RangeError for ports that are none, and for one that is given twice. */
export function systemOf(values: { readonly ports?: string | undefined; readonly data?: string | undefined }): System {
  const folder = values.data ?? defaultFolder
  if (values.ports === undefined) return { ports: defaultPorts, folder }
  const ports = values.ports.split(',').map(Number)
  if (
    ports.length !== serviceNames.length ||
    new Set(ports).size !== ports.length ||
    ports.some((port) => !Number.isInteger(port) || port < 1 || port > 65_535)
  ) {
    throw new RangeError(
      `--ports takes four different port numbers, for ${serviceNames.join(', ')}: --ports=8000,8001,8002,8003`,
    )
  }
  const [takeaway = 0, pizzas = 0, accounting = 0, atlas = 0] = ports
  return { ports: { takeaway, pizzas, accounting, atlas }, folder }
}
