// The caller who gave no credentials, where something is open to everybody.

import type { Principal } from '../http/index.ts'

export const nobody: Principal = { name: '', superuser: false, can: () => false }
