/**
 * How fast text may go to an output channel.
 *
 * `free`: as fast as it comes. `confirmed`: one piece at a time, the next when the one before has
 * arrived in the channel's document. VS Code for the Web needs that: while a channel is in view it
 * reads and rewrites the channel's whole file for each append, several at a time where they come
 * quickly, and then the last to finish undoes what the others have added.
 */
export type ChannelPacing = 'free' | 'confirmed';
