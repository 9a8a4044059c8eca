"""Mail: letters become messages, and messages become what they say."""
