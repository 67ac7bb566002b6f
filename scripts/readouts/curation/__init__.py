"""What curators write, and the captures that they quote from."""
