// Ours again, in a process of its own: it is asked for HAL where the others give plain JSON.
export { start } from './slumber.ts'
