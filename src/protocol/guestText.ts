/**
 * Text that came out of the sandbox. It may hold anything: terminal escapes, links, Markdown,
 * imitations of our own messages. Each place it is shown in has one encoder that takes it; nothing
 * else may turn it into a plain string.
 */
export type GuestText = string & { readonly __guestText: unique symbol };

/** Brands a string as the guest's. */
export function guestText(text: string): GuestText {
  return text as GuestText;
}
