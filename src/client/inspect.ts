// How the client's objects look in Node's console; other platforms do not know the symbol and show the fields.

export const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom')

/** What the console hands over for the parts of a picture. */
type Print = (value: unknown, options: object) => string

/**
 * Has the console show the instances of a class as `picture` says. (A method named by a symbol would do, but its class could
 * not be declared in isolation.)
 *
 * @param picture is given the instance, and a function that draws a part of it, with other options than the console's if need be.
 */
export function printAs<T extends object>(
  type: { readonly prototype: T },
  picture: (shown: T, part: (value: unknown, other?: object) => string) => string,
): void {
  Object.defineProperty(type.prototype, inspect, {
    value(this: T, _depth: number, options: object, print: Print) {
      return picture(this, (value, other) => print(value, { ...options, ...other }))
    },
  })
}

/** What something at a URL is called: `"Margherita" <http://…>`. */
export function labelOf(url: string, display: string | undefined): string {
  return display === undefined ? `<${url}>` : `${JSON.stringify(display)} <${url}>`
}
