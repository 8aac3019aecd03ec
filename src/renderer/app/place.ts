/** Where the person is: the route with its search, as `/leads?sort=-value`. */

/** Addresses within the program are in the hash. */
export const placeNow = (): string => window.location.hash.slice(1) || '/'
