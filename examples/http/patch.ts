// PATCH: a merge patch or a JSON Patch, applied to what is there, and the result checked like a PUT.

import { json, jsonPatchJson, mergePatchJson, resource, router } from 'slumberjs/http'
import { z } from 'zod'

const Profile = z.strictObject({ name: z.string(), mail: z.email().optional(), tags: z.array(z.string()) })
let profile: z.infer<typeof Profile> = { name: 'Ada', tags: ['maths'] }
let version = 1

export class Me extends resource('/me') {
  override acceptsPatch = [mergePatchJson, jsonPatchJson, json] // application/json too is a merge patch here
  override requiresCondition = true // without If-Match: 428

  override entityTag(): string {
    return `v${version}`
  }
  GET(): unknown {
    return profile
  }
  async PATCH(): Promise<unknown> {
    profile = await this.patched(profile, Profile) // 409 or 422 where the patch cannot be done, 422 where the result is no profile
    version++
    return profile
  }
}

export const account = router([Me])
